/** A file could not be had, which says nothing of whether it is right: nobody answered, or something else did. */
export class Unread extends Error {
  override readonly name: string = 'Unread';
  readonly file: string;
  readonly reason: 'unreachable' | 'foreign';

  constructor(file: string, reason: Unread['reason']) {
    super(`${file} could not be read (${reason}).`);
    this.file = file;
    this.reason = reason;
  }
}
