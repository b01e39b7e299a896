import type { BenchOptions } from './main.ts'
export async function sendToShown(_: BenchOptions): Promise<void> {}
