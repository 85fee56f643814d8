/** What may stand before the colon of a remote's name, and its parameters after a comma (rclone's own rule, `fspath`). */
const REMOTE = /^(:[\w.+@-]+|[\p{L}\p{N}_.+@][\p{L}\p{N}_.+@ -]*)(,.*)?:/u;

/**
 * Whether `--to` names an rclone remote, by rclone's rule: `remote:path`, `remote,option=value:path` or `:backend,option=value:path`.
 * On Windows one letter and a colon is a drive. A folder with a colon in its name is written `./a:b`.
 */
export function isRemote(to: string, platform: NodeJS.Platform = process.platform): boolean {
  if (platform === 'win32' && /^[a-z]:/i.test(to)) return false;
  return REMOTE.test(to);
}

/** The name for people and logs: parameters may hold keys, so they are left out. */
export function shownRemote(remote: string): string {
  return remote.replace(/^([^,:]*|:[^,:]*),.*:/, '$1,…:');
}
