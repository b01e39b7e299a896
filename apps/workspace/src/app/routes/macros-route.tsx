export { MacrosScreen } from '../../features/macros/screen.tsx'
