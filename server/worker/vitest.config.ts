import { cloudflareTest } from "@cloudflare/vitest-pool-workers";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [
    cloudflareTest({
      wrangler: { configPath: "./wrangler.jsonc" },
      // The tests bring an AI binding of their own; the real one needs an account.
      remoteBindings: false,
    }),
  ],
  test: { setupFiles: ["./test/setup.ts"] },
});
