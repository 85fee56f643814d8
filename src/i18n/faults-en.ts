/** What can be wrong with a published record: each goes on after the name of the file. `detail` is as in `Fault`. */
export const faultsEnglish = {
  missing: () => 'it is missing',
  empty: () => 'it is empty',
  not_json: () => 'it is no JSON',
  not_canonical: () => 'it is not in canonical form',
  cut_off: () => 'it does not end, so the file was cut off',
  unreadable: (reason: string) => reason,
  event: (reason: string) => reason,
  kind: (kind: string) => `an event of kind ${kind} has no place in it`,
  repeated: () => 'it repeats the line before',
  not_by_id: () => 'it is not sorted by id',
  not_in_order: () => 'it belongs before the line before it',
  purged_id: () => 'it does not name the id of a purged event',
  purged_unasked: () => 'it says that an event was purged, which no roster here asks for',
  purged_otherwise: () => 'it says something else of a purged event than the roster',
  no_root: () => 'it holds no roster that a root key signed',
  no_roster: (root: string) => `it holds no roster that the root key ${root} signed`,
  no_snapshot: (kind: string) => `it is an event of kind ${kind}, not a snapshot`,
  wrong_chain: () => 'its d tag is not that of a snapshot',
  publisher_unknown: (key: string) => `no roster names the publisher ${key}`,
  publisher_removed: (key: string) => `its publisher ${key} was removed`,
  publisher_none: (key: string) => `${key} is no publisher`,
  snapshot_form: () => 'its content is not that of a snapshot',
  times: () => 'the time until which it is valid is not after the time at which it was made',
  ahead: (time: string) => `it was made at ${time}, which is ahead of this clock`,
  parts_hash: () => 'it does not have the hash that the snapshot names',
  parts_form: () => 'it is no list of hashes',
  parts_path: (path: string) => `it names ${path}, which is no path of the site`,
  parts_other: (path: string) => `what it says of ${path} does not follow from the log`,
  parts_unnamed: (path: string) => `it does not name ${path}`,
  part_hash: () => 'it does not have the hash that parts.json names',
  evidence_form: () => 'it is no evidence',
  pulse: (reason: string) => `a pulse is wrong: ${reason}`,
  pulse_untrusted: (key: string) => `it holds a pulse of ${key}, whom the roster does not know as a watcher`,
  state_page: () => "its state is not the one that its publisher's last page event in log/public.jsonl names",
  state_folded: (place: string) => `its state is not what log and evidence say when they are folded again (${place})`,
  state_times: (place: string) => `its times are not those of the evidence (${place})`,
  not_from_log: () => 'it is not what the events of log/public.jsonl say',
  unfinished: (others: string) =>
    `it is of another round than the snapshot (other files too: ${others}), as a publisher leaves it that was stopped while it wrote; all of the record that the snapshot vouches for lies beside it and is right`,
};

/** The words for every fault in one language. */
export type FaultWords = typeof faultsEnglish;

/** Why an event is invalid, by the English in which the check itself says it (`src/log/event.ts`). */
export type Reasons = Readonly<Record<string, string>>;
