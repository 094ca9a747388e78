package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	cloud "gocloud.dev/blob"
	_ "gocloud.dev/blob/s3blob" // the scheme "s3"
	"gocloud.dev/gcerrors"

	"myaccount/services/blob"
	"myaccount/services/core"
)

// blobFolder is where attachments lie in the data folder.
const blobFolder = "attachments"

// blobs is where attachments lie.
type blobs interface {
	core.Blobs
	io.Closer
}

// openBlobs opens the folder or the bucket of the configuration.
func (c *config) openBlobs(ctx context.Context) (blobs, error) {
	if strings.HasPrefix(c.Blobs, "s3://") {
		return openBucket(ctx, c.Blobs)
	}
	folder, err := blob.Share(c.blobsPath())
	return folderBlobs{folder}, err
}

// blobsPath is the folder of attachments, when they lie in one.
func (c *config) blobsPath() string {
	switch path, isURL := strings.CutPrefix(c.Blobs, "file://"); {
	case c.Blobs == "":
		return filepath.Join(c.Data, blobFolder)
	case !isURL:
		return c.Blobs
	default:
		if unescaped, err := url.PathUnescape(path); err == nil {
			path = unescaped
		}
		return filepath.FromSlash(path)
	}
}

// folderBlobs are values in a folder, which has nothing to close.
type folderBlobs struct{ *blob.Folder }

// Close does nothing.
func (folderBlobs) Close() error { return nil }

// bucket keeps values in S3, or in what speaks like it.
type bucket struct{ *cloud.Bucket }

// openBucket opens a bucket by its address, "s3://name?region=ca-central-1"; https://gocloud.dev/howto/blob/#s3 names
// what else can stand there. The keys to it come from the environment, as with every program for S3.
func openBucket(ctx context.Context, address string) (blobs, error) {
	b, err := cloud.OpenBucket(ctx, address)
	if err != nil {
		return nil, fmt.Errorf("bucket: %w", err)
	}
	return bucket{b}, nil
}

// Put keeps data under key, whole or not at all.
func (b bucket) Put(ctx context.Context, key string, data []byte) error {
	if err := b.WriteAll(ctx, key, data, nil); err != nil {
		return fmt.Errorf("bucket: put: %w", err)
	}
	return nil
}

// Get returns what is kept under key. Errors: blob.ErrNotFound.
func (b bucket) Get(ctx context.Context, key string) ([]byte, error) {
	data, err := b.ReadAll(ctx, key)
	if gcerrors.Code(err) == gcerrors.NotFound {
		return nil, blob.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("bucket: get: %w", err)
	}
	return data, nil
}

// Delete forgets key. A key that is not there is no error.
func (b bucket) Delete(ctx context.Context, key string) error {
	err := b.Bucket.Delete(ctx, key)
	if err != nil && gcerrors.Code(err) != gcerrors.NotFound {
		return fmt.Errorf("bucket: delete: %w", err)
	}
	return nil
}

// List calls each for every key with the time it was put, a page of the bucket at a time.
func (b bucket) List(ctx context.Context, each func(key string, put time.Time) error) error {
	list := b.Bucket.List(nil)
	for {
		object, err := list.Next(ctx)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("bucket: list: %w", err)
		}
		if err := each(object.Key, object.ModTime.UTC()); err != nil {
			return err
		}
	}
}

// noSuchBlob is a key that nothing is ever kept under.
const noSuchBlob = "0000-none"

// checkBlobs tells whether the blobs answer.
func checkBlobs(ctx context.Context, b core.Blobs) error {
	if _, err := b.Get(ctx, noSuchBlob); err != nil && !errors.Is(err, blob.ErrNotFound) {
		return err
	}
	return nil
}
