/** How far this device's clock is from a host's, in ms (positive: the device is ahead); null when the host said no time. */
export function clockOffset(date: string | null, ageSeconds: string | null, receivedAt: number): number | null {
  const sent = Date.parse(date ?? '');
  if (Number.isNaN(sent)) return null;
  // A cache in between keeps the first Date and counts the time since in Age.
  const age = Number(ageSeconds ?? 0);
  return receivedAt - (sent + (Number.isFinite(age) && age > 0 ? age * 1000 : 0));
}
