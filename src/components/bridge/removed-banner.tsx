import { useStore } from '@nanostores/preact';
import { $messages } from '../../stores/language.ts';
import { $isRemoved, startAfresh } from '../../stores/session.ts';

/** Said on every screen of a device that the roster has removed: it goes on reading what it has. */
export function RemovedBanner() {
  const words = useStore($messages);
  const isRemoved = useStore($isRemoved);
  return (
    <div role="alert">
      {isRemoved && (
        <div class="banner" data-removed>
          <p>
            <strong>{words.people.removed.title}.</strong> {words.people.removed.what}
          </p>
          <button type="button" onClick={startAfresh}>
            {words.unlock.fresh}
          </button>
        </div>
      )}
    </div>
  );
}
