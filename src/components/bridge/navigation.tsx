import { useStore } from '@nanostores/preact';
import { $answerable } from '../../stores/approvals.ts';
import { $newcomers } from '../../stores/inviting.ts';
import { $messages } from '../../stores/language.ts';
import type { Screen } from '../../stores/route.ts';
import { $screen, $screens } from '../../stores/screen.ts';

/** The screens, with what waits for this device on each; in fallback mode the room stands first. */
export function Navigation() {
  const words = useStore($messages);
  const current = useStore($screen);
  const waiting: Partial<Record<Screen, number>> = {
    post: useStore($answerable),
    people: useStore($newcomers).length,
  };
  return (
    <nav aria-label={words.navigation}>
      <ul>
        {useStore($screens).map((screen) => (
          <li key={screen}>
            <a href={`#${screen}`} aria-current={screen === current ? 'page' : undefined}>
              {words.screens[screen]}
              <Count n={waiting[screen] ?? 0} />
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Count({ n }: { readonly n: number }) {
  const words = useStore($messages).people;
  return (
    <span role="status">
      {n > 0 && (
        <>
          <span class="count" aria-hidden="true">
            {n}
          </span>
          <span class="hidden">{words.waitingCount(n)}</span>
        </>
      )}
    </span>
  );
}
