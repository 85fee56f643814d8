interface Named {
  readonly id: string;
  readonly name: string;
}

/** The name of the component `id`; the id itself where site.yaml names it no more. */
export function componentName(components: readonly Named[], id: string): string {
  return components.find((one) => one.id === id)?.name ?? id;
}
