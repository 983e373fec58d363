'use client'

import Link from 'next/link'
import { type ReactNode, useEffect, useRef } from 'react'
import { useFreshness, useStatusPart } from '../live/use-status.ts'
import { visibleText } from '../ui/visible-text.ts'
import { ForbiddenView } from './ForbiddenView.tsx'
import { FreshnessBadge } from './FreshnessBadge.tsx'
import { Logo } from './Logo.tsx'
import { Navigation } from './Navigation.tsx'
import { Notices } from './Notices.tsx'
import { ThemeSwitch } from './ThemeSwitch.tsx'

/** What surrounds every page: header, notices, and the one page shown instead when nothing may be read. */
export function AppShell({ children }: { readonly children: ReactNode }) {
  const freshness = useFreshness()
  const header = useRef<HTMLElement>(null)
  useHeaderHeight(header)
  return (
    <>
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-md bg-accent px-3 py-1.5 font-semibold text-on-accent focus:translate-y-0"
      >
        Skip to the content
      </a>
      <header ref={header} className="sticky top-0 z-40">
        <div className="border-line border-b bg-surface">
          <div className="mx-auto flex h-14 max-w-(--page) items-center gap-4 px-4 lg:px-6">
            <Link href="/" className="flex items-center gap-2 rounded-sm font-semibold text-lg tracking-tight">
              <Logo />
              <span className="flex flex-col leading-tight">
                Plumbline
                <ClusterNameSmall />
              </span>
            </Link>
            <Navigation />
            <div className="ml-auto flex min-w-0 items-center gap-2">
              <ClusterName />
              <FreshnessBadge />
              <ThemeSwitch />
            </div>
          </div>
        </div>
        <Notices />
      </header>
      <main
        id="content"
        tabIndex={-1}
        data-stale={freshness.state === 'stale' || undefined}
        className="mx-auto w-full max-w-(--page) px-4 pt-5 pb-8 outline-none data-[stale]:saturate-[0.3] max-sm:px-3 max-sm:pb-24 lg:px-6"
      >
        {freshness.state === 'forbidden' ? <ForbiddenView /> : children}
      </main>
    </>
  )
}

/** On phones the cluster's name stands under our own. */
function ClusterNameSmall() {
  const name = useStatusPart((status) => visibleText(status.cluster.name))
  if (name === undefined) return null
  return <bdi className="max-w-44 truncate font-normal text-2xs text-ink-2 tracking-normal md:hidden">{name}</bdi>
}

function ClusterName() {
  const name = useStatusPart((status) => visibleText(status.cluster.name))
  const version = useStatusPart((status) => visibleText(status.cluster.version))
  if (name === undefined) return null
  return (
    <p className="flex min-w-0 max-w-80 flex-col text-right text-xs max-md:hidden">
      <bdi className="truncate text-right font-semibold text-ink" title={name}>
        {name === '' ? 'unnamed cluster' : name}
      </bdi>
      <bdi className="truncate text-right text-ink-3">Kubernetes {version}</bdi>
    </p>
  )
}

/** Sticky table heads stand under the header, whose height depends on its notices. */
function useHeaderHeight(header: { readonly current: HTMLElement | null }): void {
  useEffect(() => {
    const element = header.current
    if (!element) return
    const observer = new ResizeObserver(() => {
      document.documentElement.style.setProperty('--header', `${element.offsetHeight}px`)
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [header])
}
