'use client'

import { Activity, Boxes, Gauge, Rows3, TriangleAlert } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useStatusPart } from '../live/use-status.ts'

const places = [
  { href: '/', name: 'Overview', Icon: Gauge },
  { href: '/problems', name: 'Problems', Icon: TriangleAlert },
  { href: '/pods', name: 'Pods', Icon: Rows3 },
  { href: '/placement', name: 'Placement', Icon: Boxes },
  { href: '/status', name: 'Status', Icon: Activity },
] as const

/** Pages that are reached from these. */
const parts: Readonly<Record<string, readonly string[]>> = {
  '/pods': ['/pod', '/workload'],
  '/placement': ['/board', '/what-if'],
}

/** Across the header on wide screens, along the bottom edge on phones. */
export function Navigation() {
  const path = usePathname()
  return (
    <nav
      aria-label="Main"
      className="flex max-sm:fixed max-sm:inset-x-0 max-sm:bottom-0 max-sm:z-30 max-sm:justify-around max-sm:border-line max-sm:border-t max-sm:bg-surface max-sm:pb-[env(safe-area-inset-bottom)] sm:h-full sm:gap-1"
    >
      {places.map(({ href, name, Icon }) => {
        const here = path === href || (parts[href]?.includes(path) ?? false)
        return (
          <Link
            key={href}
            href={href}
            aria-current={here ? 'page' : undefined}
            className="relative flex items-center gap-2 text-ink-2 hover:text-ink aria-[current]:font-semibold aria-[current]:text-ink max-sm:min-h-14 max-sm:flex-1 max-sm:flex-col max-sm:justify-center max-sm:gap-0.5 max-sm:text-2xs sm:px-2.5 sm:after:absolute sm:after:inset-x-2.5 sm:after:bottom-0 sm:after:h-0.5 sm:after:rounded-full sm:aria-[current]:after:bg-accent"
          >
            <Icon size={17} aria-hidden="true" className="sm:hidden lg:block" />
            {name}
            {href === '/status' && <StatusMark />}
          </Link>
        )
      })}
    </nav>
  )
}

/** A mark on "Status" while some kind of object isn't heard. */
function StatusMark() {
  const deaf = useStatusPart((status) =>
    status.kinds.some((kind) => kind.state === 'forbidden' || kind.state === 'retrying'),
  )
  if (!deaf) return null
  return (
    <span
      role="img"
      aria-label="needs attention"
      data-severity="warning"
      className="h-2 w-2 rotate-45 bg-s-fill max-sm:absolute max-sm:top-2 max-sm:right-1/4"
    />
  )
}
