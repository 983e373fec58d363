'use client'

import { Monitor, Moon, Sun } from 'lucide-react'
import { chooseTheme, type ThemeChoice, useThemeChoice } from './theme.ts'

const next: Readonly<Record<ThemeChoice, ThemeChoice>> = { system: 'light', light: 'dark', dark: 'system' }
const icons = { system: Monitor, light: Sun, dark: Moon }
const names: Readonly<Record<ThemeChoice, string>> = { system: 'as the system', light: 'light', dark: 'dark' }

/** One button that goes round: as the system, light, dark. */
export function ThemeSwitch() {
  const choice = useThemeChoice()
  const Icon = icons[choice]
  const label = `Theme: ${names[choice]}. Change to ${names[next[choice]]}`
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className="grid h-8 w-8 place-items-center rounded-md text-ink-2 hover:bg-sunken hover:text-ink"
      onClick={() => chooseTheme(next[choice])}
    >
      <Icon size={17} aria-hidden="true" />
    </button>
  )
}
