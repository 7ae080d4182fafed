/**
 * Rich text as Close takes it: wrapped in `<body>`.
 *
 * @see https://developer.close.com/api/overview/rich-text
 */
export function asRichText(html: string): string {
	return /^\s*<body[\s>]/i.test(html) ? html : `<body>${html}</body>`;
}
