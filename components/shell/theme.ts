import { useSyncExternalStore } from 'react'

export type ThemeChoice = 'system' | 'light' | 'dark'

const storageKey = 'plumbline-theme'
const listeners = new Set<() => void>()

function readChoice(): ThemeChoice {
  const choice = document.documentElement.dataset.themeChoice
  return choice === 'light' || choice === 'dark' ? choice : 'system'
}

function systemPrefersDark(): MediaQueryList {
  return window.matchMedia('(prefers-color-scheme: dark)')
}

function apply(choice: ThemeChoice): void {
  const { dataset } = document.documentElement
  dataset.themeChoice = choice
  dataset.theme = choice === 'system' ? (systemPrefersDark().matches ? 'dark' : 'light') : choice
  for (const listener of listeners) listener()
}

export function chooseTheme(choice: ThemeChoice): void {
  try {
    localStorage.setItem(storageKey, choice)
  } catch {
    // A browser that stores nothing still shows the theme until it is closed.
  }
  apply(choice)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  const media = systemPrefersDark()
  const follow = () => {
    if (readChoice() === 'system') apply('system')
  }
  const hearOtherTab = (event: StorageEvent) => {
    if (event.key !== storageKey) return
    apply(event.newValue === 'light' || event.newValue === 'dark' ? event.newValue : 'system')
  }
  media.addEventListener('change', follow)
  window.addEventListener('storage', hearOtherTab)
  return () => {
    listeners.delete(listener)
    media.removeEventListener('change', follow)
    window.removeEventListener('storage', hearOtherTab)
  }
}

/** What the reader chose. The inline script in the head has applied it before the first paint. */
export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore(subscribe, readChoice, () => 'system')
}
