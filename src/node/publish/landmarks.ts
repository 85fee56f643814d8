import { API } from '../../model/api.ts';

// Whether a site still lies where it was carried is told by two of its files: a target without either was emptied.

/** Written once, when the publisher starts. */
export const MANIFEST = 'manifest.webmanifest';
/** Written by every round. */
export const SNAPSHOT = `${API}/snapshot.json`;
