declare module "*.css";
declare module "*.json?groups=common,phone" {
  const words: Record<string, string>;
  export default words;
}
declare module "*.json?groups=pages" {
  const words: Record<string, string>;
  export default words;
}
declare module "*.json?groups=common,phone,pages" {
  const words: Record<string, string>;
  export default words;
}
declare module "*.json?groups=common,steward" {
  const words: Record<string, string>;
  export default words;
}
declare module "*.json?groups=wall" {
  const words: Record<string, string>;
  export default words;
}
