const FIELDS = 'textarea:not([readonly]), input:not([readonly]), [contenteditable=true]';
/** What these hold is chosen, not typed. */
const CHOSEN = new Set(['checkbox', 'radio', 'hidden', 'button', 'submit', 'reset', 'file', 'image']);

/** Whether somebody has typed something on the page that is not yet sent; whatever form it is in. */
export function isWriting(page: ParentNode): boolean {
  return [...page.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(FIELDS)].some(
    ({ type, value, defaultValue }) => !CHOSEN.has(type) && (value ?? '') !== (defaultValue ?? ''),
  );
}
