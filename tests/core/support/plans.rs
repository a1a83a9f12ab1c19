//! Plans as they are read.

use alicloud_image_share::plan::{CHANGES, Plan, Report};

/// The report of some files. What is counted of a change is what is shown of it, in all and by image.
pub fn read(files: &[&str]) -> Report {
    let mut plan = Plan::new(None);
    for file in files {
        plan.feed(file.as_bytes());
        plan.end_file();
    }
    let report = plan.finish();
    for change in CHANGES {
        let rows = report.rows.iter().filter(|row| row.change == change).count();
        assert_eq!(report.counts.of(change) as usize, rows, "{change:?}");
        let images: u32 = report.images.iter().map(|image| image.counts.of(change)).sum();
        assert_eq!(images as usize, rows, "{change:?} by image");
    }
    report
}
