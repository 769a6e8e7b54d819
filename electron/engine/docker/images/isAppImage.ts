import type { AppImage } from './appImages.ts';

/** Whether the mirror has what a pod asks for, however it is written: `nginx`, `docker.io/library/nginx:latest`. A digest is nobody's. */
export const isAppImage = (images: readonly AppImage[], asked: string): boolean => {
  const [, name = '', tag = 'latest'] = /^(?:docker\.io\/)?(?:library\/)?(.*?)(?::([^:/@]+))?$/.exec(asked) ?? [];
  return images.some((each) => each.name === name && each.tags.includes(tag));
};
