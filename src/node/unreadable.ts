const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there; put it there, or name another',
  ENOTDIR: 'it is not there; put it there, or name another',
  EACCES: 'this user may not read it; change its rights, or run this as its owner',
  EPERM: 'this user may not read it; change its rights, or run this as its owner',
  EISDIR: 'it is a folder; name a file',
};

/** What a person is told of a file or folder, called `name`, that the system does not let us read. */
export function unreadable(name: string, { code, message }: NodeJS.ErrnoException): string {
  return `${name} cannot be read: ${REASONS[code ?? ''] ?? `${code ?? message}; use another copy of it`}.`;
}
