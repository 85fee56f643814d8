import type { VerifyMessages } from '../../i18n/verify-en.ts';
import type { CheckedPlace } from './verify-state.ts';

interface Props {
  readonly places: readonly CheckedPlace[];
  readonly chosen: CheckedPlace;
  readonly isRunning: boolean;
  readonly words: VerifyMessages;
  readonly check: (place: CheckedPlace) => void;
}

/** Which copy is checked, where there is more than one; and the button that checks it again. */
export function PlaceChoice({ places, chosen, isRunning, words, check }: Props) {
  return (
    <div class="places">
      {places.length < 2 ? null : (
        <fieldset>
          <legend>{words.where}</legend>
          {places.map((place) => (
            <label key={place.base}>
              <input
                type="radio"
                name="place"
                value={place.base}
                checked={place.base === chosen.base}
                onChange={() => check(place)}
              />
              {place.source === 'origin' ? words.ownSite(place.host) : words.mirror(place.host)}
            </label>
          ))}
        </fieldset>
      )}
      <button
        type="button"
        class="button"
        data-check-again
        aria-disabled={isRunning}
        onClick={() => isRunning || check(chosen)}
      >
        {words.again}
      </button>
    </div>
  );
}
