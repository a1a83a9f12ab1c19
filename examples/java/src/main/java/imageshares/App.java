package imageshares;

import java.util.HashMap;
import java.util.Map;

import com.pulumi.Pulumi;
import com.pulumi.alicloudimageshare.ImageSharePermission;
import com.pulumi.alicloudimageshare.ImageSharePermissionArgs;
import com.pulumi.core.Output;
import com.pulumi.core.TypeShape;

public class App {
    public static void main(String[] args) {
        Pulumi.run(ctx -> {
            var imageId = ctx.config().require("imageId");
            // A name for each account, and its ID in quotes.
            Map<String, String> accounts =
                ctx.config().requireObject("accounts", TypeShape.map(String.class, String.class));

            var sharedSince = new HashMap<String, Output<String>>();
            accounts.forEach((name, accountId) -> {
                var share = new ImageSharePermission(name, ImageSharePermissionArgs.builder()
                    .imageId(imageId)
                    .accountId(accountId)
                    .build());
                sharedSince.put(name, share.sharedTime());
            });
            sharedSince.forEach((name, time) -> ctx.export("sharedSince-" + name, time));
        });
    }
}
