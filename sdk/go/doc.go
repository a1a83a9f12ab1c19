// Share Alibaba Cloud custom images with other accounts, safely.
package imageshare
