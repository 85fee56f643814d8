/** What can be wrong with a record. The words for it are those of whoever reads them (`i18n/faults-*`). */
export type FaultCode =
  | 'missing'
  | 'empty'
  | 'not_json'
  | 'not_canonical'
  | 'cut_off'
  | 'unreadable'
  | 'event'
  | 'kind'
  | 'repeated'
  | 'not_by_id'
  | 'not_in_order'
  | 'purged_id'
  | 'purged_unasked'
  | 'purged_otherwise'
  | 'no_root'
  | 'no_roster'
  | 'no_snapshot'
  | 'wrong_chain'
  | 'publisher_unknown'
  | 'publisher_removed'
  | 'publisher_none'
  | 'snapshot_form'
  | 'times'
  | 'ahead'
  | 'parts_hash'
  | 'parts_form'
  | 'parts_path'
  | 'parts_other'
  | 'parts_unnamed'
  | 'part_hash'
  | 'evidence_form'
  | 'pulse'
  | 'pulse_untrusted'
  | 'state_page'
  | 'state_folded'
  | 'state_times'
  | 'not_from_log'
  | 'unfinished';

/** In which file (relative to the site) something is wrong, on which line (from 1) where it has lines, and what. */
export interface FaultFacts {
  readonly code: FaultCode;
  readonly file: string;
  readonly line: number | null;
  /** What the sentence names besides: a path, a key, a kind, or why an event is invalid (English); may be empty. */
  readonly detail: string;
}

/** Something is wrong. */
export class Fault extends Error implements FaultFacts {
  override readonly name: string = 'Fault';
  readonly code: FaultCode;
  readonly file: string;
  readonly line: number | null;
  readonly detail: string;

  constructor(file: string, code: FaultCode, detail = '', line: number | null = null) {
    super(`${file}${line === null ? '' : ` line ${line}`}: ${code} ${detail}`.trimEnd());
    this.code = code;
    this.file = file;
    this.line = line;
    this.detail = detail;
  }
}
