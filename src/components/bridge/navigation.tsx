import { useStore } from '@nanostores/preact';
import { $messages } from '../../stores/language.ts';
import { $screen, $screens } from '../../stores/screen.ts';

/** The four screens; in fallback mode the room stands first. */
export function Navigation() {
  const words = useStore($messages);
  const current = useStore($screen);
  return (
    <nav aria-label={words.navigation}>
      <ul>
        {useStore($screens).map((screen) => (
          <li key={screen}>
            <a href={`#${screen}`} aria-current={screen === current ? 'page' : undefined}>
              {words.screens[screen]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
