/** The bytes of a file of the site by its path (no slash in front); undefined where there is none. @throws Unread */
export type ReadFile = (path: string) => Promise<Uint8Array | undefined>;
