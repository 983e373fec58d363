import Link from 'next/link'
import { PlumbMark } from '../components/kube/PlumbMark.tsx'
import { EmptyState } from '../components/ui/EmptyState.tsx'

export default function NotFound() {
  return (
    <div className="panel">
      <EmptyState page title="There is no such page" picture={<PlumbMark severity="warning" faint className="h-24" />}>
        <Link href="/" className="link">
          To the overview
        </Link>
      </EmptyState>
    </div>
  )
}
