/** Of the page; no external asset. */
export const style = `
:root { --ink: #1d2733; --soft: #64748b; --line: #e2e8f0; --back: #f4f6f9; --accent: #2557d6; }
* { box-sizing: border-box; margin: 0; }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--back); }
header { background: #14213d; color: #fff; padding: 22px max(40px, calc(50% - 560px)); }
header h1 { font-size: 22px; }
header p { color: #b6c2d9; }
main { max-width: 1200px; margin: 0 auto; padding: 24px 40px 60px; }
.lead { background: #fff; border: 1px solid var(--line); border-radius: 10px; margin-bottom: 22px; }
.lead-head { display: flex; flex-wrap: wrap; align-items: center; gap: 12px; padding: 14px 20px;
	border-bottom: 1px solid var(--line); }
.lead-head h2 { font-size: 18px; }
.lead-head code { margin-left: auto; }
.columns { display: grid; grid-template-columns: 220px minmax(0, 1fr); }
.contacts { list-style: none; padding: 16px 20px; border-right: 1px solid var(--line);
	font-size: 13px; color: var(--soft); overflow-wrap: anywhere; }
.contacts li { margin-bottom: 10px; }
.contacts b { color: var(--ink); display: block; }
.records { padding: 16px 20px; }
.none { color: var(--soft); }
article { border: 1px solid var(--line); border-radius: 8px; padding: 14px 16px; }
article + article { margin-top: 12px; }
.card-head { display: flex; flex-wrap: wrap; align-items: baseline; gap: 10px; }
.card-head h3 { font-size: 16px; overflow-wrap: anywhere; }
time { margin-left: auto; color: var(--soft); font-size: 13px; white-space: nowrap; }
.kind { font-size: 11px; font-weight: 600; letter-spacing: .05em; text-transform: uppercase;
	color: var(--soft); white-space: nowrap; }
.status, .stage, .inline { font-size: 12px; font-weight: 600; border-radius: 99px; padding: 1px 10px;
	background: #e8edf5; color: #44546a; white-space: nowrap; }
.status.sent, .status.won { background: #d9f2e3; color: #14683a; }
.status.outbox, .status.scheduled { background: #fdf0d0; color: #8a5a00; }
.status.inbox { background: #dbe7ff; color: #1f4bb8; }
.status.error, .status.lost { background: #fde0e0; color: #a12020; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 12px; margin-top: 6px; font-size: 14px; }
dt { color: var(--soft); }
dd { overflow-wrap: anywhere; }
.body { margin-top: 6px; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 12em; overflow: auto; }
table { width: 100%; margin-top: 10px; border-collapse: collapse; font-size: 13px; }
th { text-align: left; color: var(--soft); font-weight: 500; }
th, td { padding: 5px 16px 5px 0; border-top: 1px solid var(--line); white-space: nowrap; }
td:first-child, td:last-child { white-space: normal; overflow-wrap: anywhere; }
.n { text-align: right; white-space: nowrap; padding-right: 24px; }
code { font: 12px ui-monospace, monospace; color: var(--soft); }
a { color: var(--accent); }
@media (max-width: 800px) {
	main { padding: 16px; }
	.columns { grid-template-columns: minmax(0, 1fr); }
	.contacts { border-right: 0; }
}
`;
