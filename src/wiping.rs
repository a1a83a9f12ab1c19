//! An allocator that overwrites all memory before it is given back.
//!
//! A secret is copied by more than the code that holds it: a list that grows leaves its old place behind, and so does a
//! response that breaks off, or one that is no JSON half-way. None of them has to be found where none survives.

use std::alloc::{GlobalAlloc, Layout};
use std::hint::black_box;

/// Overwrites what another allocator is given back. Memory that grows is moved, and its old place overwritten.
#[derive(Debug)]
pub struct Wiping<A>(pub A);

#[expect(unsafe_code, reason = "an allocator is unsafe by its trait")]
// SAFETY: all memory is the other allocator's, which gets back what it gave; `realloc` of the trait moves by these two.
unsafe impl<A: GlobalAlloc> GlobalAlloc for Wiping<A> {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise is the other allocator's.
        unsafe { self.0.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: the caller gives up memory of this layout, which nobody else uses.
        unsafe {
            memory.write_bytes(0, layout.size());
            // Nobody reads it again: what is not seen here might be left out.
            self.0.dealloc(black_box(memory), layout);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::alloc::System;
    use std::cell::RefCell;

    use super::*;

    /// Keeps what it is given back as it was then.
    #[derive(Default)]
    struct Returned(RefCell<Vec<Vec<u8>>>);

    #[expect(unsafe_code, reason = "an allocator is unsafe by its trait")]
    // SAFETY: all memory is the system's.
    unsafe impl GlobalAlloc for Returned {
        unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
            // SAFETY: as above.
            unsafe { System.alloc(layout) }
        }

        unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
            // SAFETY: it was written in full by the test, and is given back once.
            unsafe {
                let bytes = std::slice::from_raw_parts(memory, layout.size());
                self.0.borrow_mut().push(bytes.to_vec());
                System.dealloc(memory, layout);
            }
        }
    }

    #[test]
    fn memory_that_is_freed_and_the_old_place_of_what_grows_are_overwritten()
    -> Result<(), std::alloc::LayoutError> {
        let allocator = Wiping(Returned::default());
        let (small, large) = (Layout::from_size_align(6, 1)?, Layout::from_size_align(100, 1)?);
        #[expect(unsafe_code, reason = "an allocator is called as containers call it")]
        // SAFETY: each place is used within its size, and given back by its last layout.
        unsafe {
            let memory = allocator.alloc(small);
            assert!(!memory.is_null());
            memory.copy_from("secret".as_ptr(), small.size());
            let grown = allocator.realloc(memory, small, large.size());
            assert!(!grown.is_null());
            assert_eq!(std::slice::from_raw_parts(grown, small.size()), b"secret");
            grown.write_bytes(7, large.size());
            allocator.dealloc(grown, large);
        }
        assert_eq!(*allocator.0.0.borrow(), [vec![0; 6], vec![0; 100]]);
        Ok(())
    }
}
