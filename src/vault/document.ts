import type { Translation } from '../model/snapshot.ts';
import type { Impact, IncidentStatus, MaintenanceStatus } from '../model/status.ts';

/** One document of the vault as it is sealed: a JSON text in an age file of its own. */
export type VaultDocument = Runbook | People | Template;

interface DocumentBase {
  readonly v: 1;
  /** Path below the content folder without its ending, or what the front matter names. */
  readonly id: string;
  readonly title: string;
  /** The operator's own text, so that `age -d` gives something to read without Lifeboat. */
  readonly source: string;
}

export interface Runbook extends DocumentBase {
  readonly kind: 'runbook';
  readonly blocks: readonly Block[];
  readonly services: readonly string[];
  readonly alerts: readonly string[];
  readonly owner: string | null;
  /** Day (YYYY-MM-DD) on which somebody followed it and it worked; null where nobody wrote one down. */
  readonly last_verified: string | null;
  /** Day on which the text last changed, where the front matter says so. */
  readonly changed_at: string | null;
  /** What must be up to follow it, e.g. kubectl, aws, vpn. */
  readonly needs: readonly string[];
}

export interface People extends DocumentBase {
  readonly kind: 'people';
  readonly blocks: readonly Block[];
  readonly contacts: readonly Contact[];
  readonly rota: readonly Shift[];
  /** Ways to reach each other, the first to try first. */
  readonly ladder: readonly Rung[];
}

export interface Contact {
  readonly name: string;
  readonly role: string | null;
  readonly team: string | null;
  readonly reach: readonly Reach[];
  readonly note: string | null;
}

/** A public update that was written in calm times; `<…>` in it is to be filled in before it is posted. */
export interface Template extends DocumentBase {
  readonly kind: 'template';
  readonly says: TemplateStatus;
  readonly impact: Impact;
  /** For a new incident or maintenance; null where the template is for a later update. */
  readonly name: string | null;
  readonly text: string;
  /** BCP 47 language of `text`; null where the operator did not say. */
  readonly lang: string | null;
  readonly translations: readonly Translation[];
}

export type TemplateStatus =
  | { readonly of: 'incident'; readonly status: IncidentStatus }
  | { readonly of: 'maintenance'; readonly status: MaintenanceStatus };

/** A way to reach somebody that needs no server of ours: the device's own telephone or mail program. */
export interface Reach {
  readonly by: 'tel' | 'sms' | 'mail';
  /** As the operator wrote it. */
  readonly text: string;
  /** tel:, sms: or mailto: address. */
  readonly href: string;
  /** E.g. the carrier, or that it is a placeholder. */
  readonly note: string | null;
}

export interface Shift {
  readonly role: string;
  /** Names as in the contacts. */
  readonly people: readonly string[];
  readonly when: string | null;
}

export interface Rung {
  readonly name: string;
  readonly how: string | null;
  /** Vendors or providers that it falls with, by their id in site.yaml or a plain word. */
  readonly depends_on: readonly string[];
  readonly reach: readonly Reach[];
  /** Day on which somebody last met there to try it. */
  readonly last_tested: string | null;
}

export type Inline =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'strong' | 'emphasis' | 'deleted'; readonly children: readonly Inline[] }
  | { readonly type: 'link'; readonly to: LinkTarget; readonly children: readonly Inline[] }
  | { readonly type: 'break' };

/** https:, http:, mailto: and tel: addresses (needing a network or another program), or another runbook by its id. */
export type LinkTarget =
  | { readonly type: 'web'; readonly href: string }
  | { readonly type: 'runbook'; readonly id: string };

/** The usual four parts of an alert's runbook. */
export type Section = 'meaning' | 'impact' | 'diagnosis' | 'mitigation';

export type Block =
  | {
      readonly type: 'heading';
      readonly level: 1 | 2 | 3 | 4 | 5 | 6;
      readonly section: Section | null;
      readonly children: readonly Inline[];
    }
  | { readonly type: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly type: 'list'; readonly start: number | null; readonly items: readonly ListItem[] }
  | {
      readonly type: 'command';
      readonly language: string | null;
      readonly text: string;
      /** What the copy button gives: without prompts and sample output. */
      readonly copy: string;
    }
  | { readonly type: 'quote'; readonly children: readonly Block[] }
  | { readonly type: 'table'; readonly head: readonly Cell[]; readonly rows: readonly (readonly Cell[])[] }
  | { readonly type: 'rule' };

export interface ListItem {
  /** A step that can be ticked off, or null for a plain item. */
  readonly checked: boolean | null;
  readonly children: readonly Block[];
}

type Cell = readonly Inline[];

/** All readable text of inlines, e.g. of a heading. */
export function textOf(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      if ('children' in inline) return textOf(inline.children);
      return 'text' in inline ? inline.text : ' ';
    })
    .join('');
}
