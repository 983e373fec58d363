import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { AppShell } from '../components/shell/AppShell.tsx'
import './globals.css'
import { themeScript } from './theme-script.ts'

export const metadata: Metadata = {
  title: 'Plumbline',
  description: 'Live health and placement of a Kubernetes cluster',
  robots: { index: false, follow: false },
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f5f6f8' },
    { media: '(prefers-color-scheme: dark)', color: '#0c0f13' },
  ],
}

export default function RootLayout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of our own, allowed by its hash */}
        <script dangerouslySetInnerHTML={{ __html: themeScript }} />
      </head>
      <body>
        <AppShell>{children}</AppShell>
      </body>
    </html>
  )
}
