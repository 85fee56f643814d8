/** Options that every member's command takes. */
export const MEMBER_OPTIONS = {
  dir: { type: 'string', value: '<folder>', help: 'the organisation and this device’s key', default: '.lifeboat' },
  relay: { type: 'list', value: '<address>', help: 'use these relays instead of the roster’s' },
  wait: { type: 'string', value: '<seconds>', help: 'how long to wait for relays', default: '10' },
  json: { type: 'boolean', help: 'print JSON' },
} as const;
