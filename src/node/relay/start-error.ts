/** Why the relay cannot start: one plain sentence for the operator, exit code 2. */
export class StartError extends Error {}
