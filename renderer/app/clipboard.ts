interface ShellClipboard {
  readText(): Promise<string>;
  writeText(text: string): Promise<void>;
}

declare global {
  interface Window {
    /** What the desktop shell's preload offers; absent in a browser. */
    patchbayShell?: { clipboard?: ShellClipboard };
  }
}

const clipboard = (): ShellClipboard | undefined => window.patchbayShell?.clipboard ?? navigator.clipboard;

/** False where the browser does not allow it. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await clipboard()?.writeText(text);
    return clipboard() !== undefined;
  } catch {
    return false;
  }
}
