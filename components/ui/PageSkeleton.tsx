import { SkeletonRows } from './Skeleton.tsx'

/** A page before its script or its data is there. */
export function PageSkeleton({ title }: { readonly title: string }) {
  return (
    <div className="flex flex-col gap-4">
      <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
      <div className="panel p-4">
        <SkeletonRows rows={10} label={`${title}: on its way`} />
      </div>
    </div>
  )
}
