import type { Values } from '../options.ts';
import { MEMBER_OPTIONS } from './options.ts';

export const POST_USAGE = {
  line: 'lifeboat post [options] [text]',
  does: 'Posts a public update, then says where it is. Exit code 1: signed and kept here, but not seen on the page yet.',
  options: {
    ...MEMBER_OPTIONS,
    incident: { type: 'string', value: '<new|code>', help: 'a new incident (if left out), or the next update of one' },
    maintenance: { type: 'string', value: '<new|code>', help: 'instead: a new maintenance, or the next update of one' },
    name: { type: 'string', value: '<text>', help: 'headline of the incident or maintenance' },
    status: {
      type: 'string',
      value: '<word>',
      help: 'investigating, identified, monitoring, resolved, postmortem; of a maintenance scheduled, in_progress, verifying, completed, cancelled',
    },
    impact: { type: 'string', value: '<word>', help: 'none, maintenance, minor, major, critical' },
    component: {
      type: 'list',
      value: '<id=status>',
      help: 'an affected component, e.g. cards=major_outage; of a maintenance its id alone',
    },
    from: { type: 'string', value: '<ISO time>', help: 'when the maintenance begins, e.g. 2026-12-01T22:00Z' },
    until: { type: 'string', value: '<ISO time>', help: 'when it ends' },
    text: { type: 'string', value: '<text>', help: 'what the public reads' },
    lang: { type: 'string', value: '<tag>', help: 'language of the text, e.g. pt-BR' },
    translation: { type: 'list', value: '<tag=text>', help: 'the same text in en, pt-BR or es' },
    'name-translation': { type: 'list', value: '<tag=text>', help: 'the headline in that language, beside its text' },
    template: { type: 'string', value: '<id>', help: 'start from templates/<id>.yaml of the content folder' },
    at: {
      type: 'string',
      value: '<ISO time>',
      help: 'when it happened, where that is earlier: the page shows both times',
    },
    site: { type: 'string', value: '<url>', help: 'read the update back from this site; else url of site.yaml' },
    correct: {
      type: 'string',
      value: '<event id>',
      help: 'instead: put --text in the place of an update’s; both stay visible',
    },
    retract: {
      type: 'string',
      value: '<event id|code>',
      help: 'instead: take back an update, or a whole incident or maintenance; it stays visible, struck',
    },
    set: { type: 'string', value: '<id=status>', help: 'instead: say how a component is, without an incident' },
    approve: {
      type: 'string',
      value: '<event id>',
      help: 'instead: a second opinion for a waiting update of another member',
    },
    override: {
      type: 'string',
      value: '<event id>',
      help: 'instead: let a waiting update count, as a commander, after the wait',
    },
    reason: { type: 'string', value: '<text>', help: 'with --retract and --override: why' },
  },
  words: true,
} as const;

export type PostValues = Values<typeof POST_USAGE.options>;
