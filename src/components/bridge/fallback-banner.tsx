import { useStore } from '@nanostores/preact';
import { $downVendors, $mode } from '../../stores/health.ts';
import { $messages } from '../../stores/language.ts';
import { $screen } from '../../stores/screen.ts';
import { $session } from '../../stores/session.ts';

/** Said on every screen, also while locked, once both lifelines are down. */
export function FallbackBanner() {
  const words = useStore($messages).fallback;
  const mode = useStore($mode);
  const down = useStore($downVendors);
  const isOpen = useStore($session).type === 'open';
  const screen = useStore($screen);
  return (
    <div role="alert">
      {mode === 'fallback' && (
        <div class="banner">
          <p>
            <strong>{words.title}.</strong> {words.because(down.map((vendor) => vendor.name).join(', '))}
          </p>
          {isOpen ? screen !== 'room' && <a href="#room">{words.open}</a> : <p>{words.unlock}</p>}
        </div>
      )}
    </div>
  );
}
