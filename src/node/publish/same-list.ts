/** Whether two lists hold the same objects in the same order. */
export function isSameList(a: readonly unknown[], b: readonly unknown[] | undefined): boolean {
  return a.length === b?.length && a.every((item, place) => item === b[place]);
}
