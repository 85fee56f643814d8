/** A browser loads its calendars once, for all its threads, and takes long over it: a thread does it where nobody waits. */
export function loadCalendars(): void {
  new Intl.DateTimeFormat('en', { timeZone: 'UTC' }).format(0);
}
