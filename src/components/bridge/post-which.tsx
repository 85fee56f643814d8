import { useStore } from '@nanostores/preact';
import { $messages } from '../../stores/language.ts';
import { $form, chooseCode } from '../../stores/post-form.ts';
import { $endedIncidents, $openIncidents, $openMaintenances } from '../../stores/public.ts';
import { Choice } from './choice.tsx';

/** So many that are over are offered for a report, or to be opened again. */
const ENDED = 20;

/** A new incident or maintenance, or the next update of one. */
export function PostWhich() {
  const messages = useStore($messages);
  const words = messages.post;
  const { kind, code } = useStore($form);
  const [open, ended, works] = [useStore($openIncidents), useStore($endedIncidents), useStore($openMaintenances)];
  const known: readonly (readonly [string, string])[] =
    kind === 'maintenance'
      ? works.map((one) => [one.code, one.name])
      : [
          ...open.map((one): [string, string] => [one.code, one.name]),
          ...ended
            .slice(0, ENDED)
            .map((one): [string, string] => [one.code, words.ended(one.name, messages.incident[one.status])]),
        ];
  return (
    <Choice
      id="incident"
      label={kind === 'maintenance' ? words.whichWork : words.which}
      value={code ?? ''}
      options={[['', kind === 'maintenance' ? words.freshWork : words.fresh], ...known]}
      onChoose={(chosen) => chooseCode(chosen === '' ? null : chosen)}
    />
  );
}
