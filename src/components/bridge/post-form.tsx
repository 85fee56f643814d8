import { useStore } from '@nanostores/preact';
import { IMPACTS, INCIDENT_STATUSES } from '../../model/status.ts';
import { $messages } from '../../stores/language.ts';
import { review } from '../../stores/post.ts';
import {
  $form,
  $mayPost,
  $openIncidents,
  chooseIncident,
  chooseStatus,
  editForm,
  startFromTemplate,
} from '../../stores/post-form.ts';
import { AffectedComponents } from './affected-components.tsx';
import { Choice } from './choice.tsx';

/** The form of a public update. Nothing leaves this device before it was reviewed. */
export function PostForm() {
  const messages = useStore($messages);
  const words = messages.post;
  const form = useStore($form);
  const incidents = useStore($openIncidents);
  const texts = words.templates.map(({ text }) => text);
  const complete = form.name.trim() !== '' && form.text.trim() !== '';
  const submit = (event: Event) => {
    event.preventDefault();
    review();
  };
  if (!useStore($mayPost)) return <p class="problem">{words.cannot}</p>;
  return (
    <form class="stack" onSubmit={submit}>
      <Choice
        id="incident"
        label={words.which}
        value={form.incident ?? ''}
        options={[['', words.fresh], ...incidents.map((incident) => [incident.code, incident.name] as const)]}
        onChoose={(code) => chooseIncident(code === '' ? null : code)}
      />
      <label for="incident-name">{words.name}</label>
      <input
        id="incident-name"
        maxLength={200}
        value={form.name}
        onInput={(event) => editForm({ name: event.currentTarget.value })}
      />
      <div class="pair">
        <Choice
          id="incident-status"
          label={words.status}
          value={form.status}
          options={INCIDENT_STATUSES.map((status) => [status, messages.incident[status]] as const)}
          onChoose={chooseStatus}
        />
        <Choice
          id="impact"
          label={words.impact}
          value={form.impact}
          options={IMPACTS.map((impact) => [impact, messages.impact[impact]] as const)}
          onChoose={(impact) => editForm({ impact })}
        />
      </div>
      <AffectedComponents />
      <Choice
        id="template"
        label={words.template}
        value=""
        options={[['', words.noTemplate], ...words.templates.map((one) => [one.text, one.name] as const)]}
        onChoose={(text) => startFromTemplate(text, texts)}
      />
      <label for="text">{words.text}</label>
      <textarea
        id="text"
        rows={5}
        maxLength={4000}
        value={form.text}
        onInput={(event) => editForm({ text: event.currentTarget.value })}
        aria-describedby="post-problem"
      />
      <p id="post-problem" class="quiet">
        {!complete && words.incomplete}
      </p>
      <button type="submit" class="primary" disabled={!complete}>
        {words.review}
      </button>
    </form>
  );
}
