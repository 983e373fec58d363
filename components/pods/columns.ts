import type { PodsFilter } from './pods-url.ts'

export interface Column {
  readonly name: string
  readonly sort: PodsFilter['sort'] | null
  /** The direction of a first click: what people look for comes to the top. */
  readonly first: PodsFilter['direction']
  /** Classes that hide the column where it doesn't fit. */
  readonly show: string
}

/** Columns from left to right. Their widths are in `rowGrid`. */
export const columns: readonly Column[] = [
  { name: 'Status', sort: 'status', first: 'asc', show: '' },
  { name: 'Name', sort: 'name', first: 'asc', show: '' },
  { name: 'Namespace', sort: 'namespace', first: 'asc', show: '' },
  { name: 'Ready', sort: 'ready', first: 'asc', show: '' },
  { name: 'Restarts', sort: 'restarts', first: 'desc', show: '' },
  { name: 'Node', sort: 'node', first: 'asc', show: 'max-lg:hidden' },
  { name: 'Zone', sort: 'zone', first: 'asc', show: 'max-lg:hidden' },
  { name: 'Workload', sort: null, first: 'asc', show: 'max-xl:hidden' },
  { name: 'Age', sort: 'createdAt', first: 'desc', show: '' },
]

export const rowGrid =
  'grid items-center gap-x-3 px-4 grid-cols-[minmax(0,1.25fr)_minmax(0,2fr)_minmax(0,1fr)_3.25rem_7rem_3.5rem] lg:grid-cols-[minmax(14.5rem,1.3fr)_minmax(0,2fr)_minmax(0,1fr)_3.25rem_7.5rem_minmax(0,1.2fr)_minmax(0,0.8fr)_3.5rem] xl:grid-cols-[minmax(14.5rem,1.25fr)_minmax(0,2.1fr)_minmax(0,1fr)_3.25rem_7.5rem_minmax(0,1.1fr)_minmax(0,0.8fr)_minmax(0,1.5fr)_3.5rem]'

/** The orders of the menu, in words. */
export const orders: readonly { readonly value: string; readonly label: string }[] = [
  { value: 'severity.asc', label: 'Worst first' },
  { value: 'severity.desc', label: 'Best first' },
  { value: 'name.asc', label: 'Name' },
  { value: 'namespace.asc', label: 'Namespace' },
  { value: 'status.asc', label: 'Status' },
  { value: 'restarts.desc', label: 'Most restarts' },
  { value: 'lastRestartAt.desc', label: 'Restarted last' },
  { value: 'createdAt.desc', label: 'Youngest' },
  { value: 'createdAt.asc', label: 'Oldest' },
  { value: 'node.asc', label: 'Node' },
  { value: 'zone.asc', label: 'Zone' },
]
