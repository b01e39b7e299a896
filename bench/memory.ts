import type { BenchOptions } from './main.ts'
export async function memory(_: BenchOptions): Promise<void> {}
