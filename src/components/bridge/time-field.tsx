import { fieldTime, timeOfField, utcText } from '../../stores/local-time.ts';

interface Properties {
  readonly id: string;
  readonly label: string;
  /** ISO; empty while nothing is said. */
  readonly value: string;
  readonly describedBy: string;
  readonly onChange: (time: string) => void;
}

/** A point in time by the device's own field and in its own zone, with UTC beside it so that nobody has to reckon. */
export function TimeField({ id, label, value, describedBy, onChange }: Properties) {
  return (
    <div class="stack">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="datetime-local"
        value={fieldTime(value)}
        aria-describedby={`${id}-utc ${describedBy}`}
        onInput={(event) => onChange(timeOfField(event.currentTarget.value))}
      />
      <span id={`${id}-utc`} class="quiet utc">
        {value !== '' && <time dateTime={value}>{utcText(value)}</time>}
      </span>
    </div>
  );
}
