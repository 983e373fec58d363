/**
 * Labels or annotations: a record without a prototype, so that a key such as `__proto__` or
 * `constructor` is only ever data. Read it with `labels[key]`; a missing key gives `undefined`.
 */
export type Labels = Readonly<Record<string, string | undefined>>

/** One requirement of a label selector (apimachinery meta/v1 LabelSelectorRequirement). */
export interface LabelSelectorRequirement {
  readonly key: string
  /** In, NotIn, Exists or DoesNotExist; anything else matches nothing, as in apimachinery. */
  readonly operator: string
  readonly values: readonly string[]
}

/**
 * A label selector: every entry of matchLabels and every requirement must hold. Both empty means
 * "everything"; a selector that is absent altogether is `null` where it is used, and there it
 * means "nothing".
 */
export interface LabelSelector {
  readonly matchLabels: Labels
  readonly matchExpressions: readonly LabelSelectorRequirement[]
}
