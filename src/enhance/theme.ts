/** The banner wears what its frame's address asks for (`?theme=light`, `dark`); else what the reader's system does. */
export function wearTheme({ location, documentElement }: Document): void {
  const theme = new URLSearchParams(location.search).get('theme');
  if (theme === 'light' || theme === 'dark') documentElement.dataset['theme'] = theme;
}
