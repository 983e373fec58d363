import type { Metadata } from 'next'
import { OverviewView } from '../components/overview/OverviewView.tsx'

export const metadata: Metadata = { title: 'Overview · Plumbline' }

export default function OverviewPage() {
  return <OverviewView />
}
