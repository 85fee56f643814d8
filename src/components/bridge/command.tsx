import { Copy } from './copy.tsx';

/** A block of code; what is copied has no prompts and no sample output. Never run from here. */
export function Command({
  language,
  text,
  copy,
}: {
  readonly language: string | null;
  readonly text: string;
  readonly copy: string;
}) {
  return (
    <div class="command">
      <div class="command-head">
        <span class="quiet">{language ?? ''}</span>
        <Copy text={copy} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide command must be scrollable by keyboard */}
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
    </div>
  );
}
