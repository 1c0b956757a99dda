import { setEnvironment } from "./handlers";
import { useTemporaryHome } from "./temporaryHome";

/** Returns a function that creates the credentials profile `production` for one test. */
export function useProductionProfile(): () => void {
  const home = useTemporaryHome();
  return () => {
    home.write("production.credential", '{"secretId":"AKIDproduction","secretKey":"exampleKey"}');
    setEnvironment({ TENCENTCLOUD_SHARED_CREDENTIALS_DIR: home.at() });
  };
}
