import type { RelayState } from './state.ts';

/** The relay's own description (NIP-11). */
export function information({ org, root, limits }: RelayState): Record<string, unknown> {
  return {
    name: 'Lifeboat relay',
    description: `Keeps the signed events of organisation ${org}.`,
    supported_nips: [1, 11, 42, 77],
    software: 'lifeboat',
    limitation: {
      max_message_length: limits.frame,
      max_subscriptions: limits.subscriptions,
      max_filters: limits.filtersPerRequest,
      max_limit: limits.answerEvents,
      default_limit: limits.answerEvents,
      max_subid_length: 64,
      max_event_tags: 2000,
      auth_required: false,
      payment_required: false,
      restricted_writes: true,
      created_at_lower_limit: Date.UTC(2020, 0, 1) / 1000,
      created_at_upper_limit: Date.UTC(2100, 0, 1) / 1000,
    },
    lifeboat: { org, root },
  };
}
