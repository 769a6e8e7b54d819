import { Child } from '../child.ts';
import { focus, type TerminalPage, type TerminalPages } from '../terminalPages.ts';

/** What goes into the page's settings: the renderer that the others have here, and nothing over the screen. */
const SETTINGS = ['rendererType=dom', 'disableResizeOverlay=true', 'disableLeaveAlert=true'];

export interface OpenTtyd extends TerminalPage {
  /** A fresh shell, socket and screen: after its page was behind another one it was seen to stop in the middle of its output. */
  renew(): Promise<void>;
  close(): Promise<void>;
}

/** ttyd with `docker exec -it` and its own page, as large as the others. */
export async function openTtyd(
  program: string,
  dockerAddress: string,
  { container, size, newPage }: TerminalPages,
): Promise<OpenTtyd> {
  const shell = ['docker', 'exec', '-it', '-e', 'TERM=xterm-256color', container, 'bash'];
  const [child, port] = await Child.run(
    program,
    ['-W', '-p', '0', '-P', '3600', '-i', '127.0.0.1', ...SETTINGS.flatMap((it) => ['-t', it]), ...shell],
    /Listening on port: (\d+)/,
    { DOCKER_HOST: dockerAddress },
  );
  try {
    const page = await newPage();
    await page.addInitScript('window.measuredFrames = "ttyd"');
    const renew = async () => {
      await page.bringToFront();
      await page.goto(`http://127.0.0.1:${port}/`);
      await focus(page);
      await page.evaluate(`term.resize(${size.cols}, ${size.rows})`);
    };
    await renew();
    return { page, pids: [child.pid], renew, close: () => child.stop() };
  } catch (error) {
    await child.stop();
    throw error;
  }
}
