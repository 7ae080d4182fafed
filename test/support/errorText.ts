/** An error's message and that of its cause: of a `fetch`, "fetch failed" alone says nothing. */
export function errorText({ message, cause }: Error): string {
	return cause instanceof Error ? `${message} (${cause.message})` : message;
}
