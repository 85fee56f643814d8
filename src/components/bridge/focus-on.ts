/** Puts the keyboard's place on the element `id` (a heading, mostly) when what had it is about to go. */
export function focusOn(id: string): void {
  document.getElementById(id)?.focus();
}
