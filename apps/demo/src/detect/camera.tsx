import { useEffect, useRef, useState } from 'preact/hooks';
import { openBitmap } from '../state/open-image.ts';

/** Opens the camera, shows what it sees, and takes a picture of that. Nothing leaves the page. */
export function Camera({ onClose }: { readonly onClose: () => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<'asking' | 'open' | { readonly reason: string }>('asking');

  useEffect(() => {
    let stream: MediaStream | undefined;
    let closed = false;
    openCamera().then(
      (opened) => {
        stream = opened;
        if (closed) stop(opened);
        else if (video.current !== null) video.current.srcObject = opened;
      },
      (error: unknown) => setState({ reason: reasonOf(error) }),
    );
    return () => {
      closed = true;
      if (stream !== undefined) stop(stream);
    };
  }, []);

  const take = async (): Promise<void> => {
    if (video.current === null) return;
    try {
      const bitmap = await createImageBitmap(video.current);
      onClose();
      await openBitmap(bitmap, 'camera.png');
    } catch (error) {
      setState({ reason: reasonOf(error) });
    }
  };
  return (
    <section class="camera" aria-label="Camera">
      {typeof state === 'object' ? <p class="bad" role="alert">{state.reason}</p> : <video ref={video} autoplay playsInline muted onLoadedData={() => setState('open') /* before, it has no picture to be taken */} />}
      {state === 'asking' && <p class="quiet">Waiting for the camera; the browser may ask for leave.</p>}
      <p class="actions">
        {state === 'open' && <button type="button" class="plain" onClick={() => void take()}>Take the picture</button>}
        <button type="button" class="plain" onClick={onClose}>Close</button>
      </p>
    </section>
  );
}

function openCamera(): Promise<MediaStream> {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices === undefined) return Promise.reject(new Error('This browser gives the camera to secure pages (https) alone.'));
  return devices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1280 } } });
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

const reasons: Readonly<Record<string, string>> = {
  NotAllowedError: 'The camera was refused. The browser\'s settings for this page can allow it again.',
  NotFoundError: 'There is no camera on this machine.',
  NotReadableError: 'The camera is used by another program.',
};

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return reasons[error.name] ?? error.message;
}
