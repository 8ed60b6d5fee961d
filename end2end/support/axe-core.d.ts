declare module 'axe-core/axe.min.js' {
  const axe: typeof import('axe-core');
  export default axe;
}
