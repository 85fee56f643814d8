/** A strip as it stands in the page: a slider over its days, 0 being the oldest. */
type Strip = Pick<HTMLElement, 'getAttribute' | 'getBoundingClientRect'>;

const WEEK = 7;

/** The day that a key leads to; null for a key that means nothing here. */
export function dayAtKey(strip: Strip, key: string): number | null {
  const [now, last] = [number(strip, 'aria-valuenow'), number(strip, 'aria-valuemax')];
  const days: Readonly<Record<string, number>> = {
    ArrowLeft: now - 1,
    ArrowDown: now - 1,
    ArrowRight: now + 1,
    ArrowUp: now + 1,
    PageDown: now - WEEK,
    PageUp: now + WEEK,
    Home: 0,
    End: last,
  };
  const day = days[key];
  return day === undefined ? null : Math.min(last, Math.max(0, day));
}

/** The day under a point, `x` in CSS pixels from the window's left. */
export function dayAtPoint(strip: Strip, x: number): number {
  const { left, width } = strip.getBoundingClientRect();
  const last = number(strip, 'aria-valuemax');
  return Math.min(last, Math.max(0, Math.floor(((x - left) / width) * (last + 1))));
}

function number(strip: Strip, attribute: string): number {
  return Number(strip.getAttribute(attribute) ?? 0);
}
